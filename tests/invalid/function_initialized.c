int f(void) = 1; //~ ERROR FH1211
