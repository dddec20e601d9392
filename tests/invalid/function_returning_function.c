int f(void)(void); //~ ERROR FH1211
