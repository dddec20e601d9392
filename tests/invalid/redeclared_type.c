int n;
double n; //~ ERROR FH1202
