int n = 3;
int a[n]; //~ ERROR FH1209
