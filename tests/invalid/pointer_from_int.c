int *p = 5; //~ ERROR FH1303
