int f(void)[3]; //~ ERROR FH1211
