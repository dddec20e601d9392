int f(int);
int f(double); //~ ERROR FH1202
