int double n; //~ ERROR FH1211
