auto int n = 1; //~ ERROR FH1211
