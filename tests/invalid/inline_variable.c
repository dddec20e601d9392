inline int n; //~ ERROR FH1211
