int f(static int n); //~ ERROR FH1211
