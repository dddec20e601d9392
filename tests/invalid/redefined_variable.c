int n = 1;
int n = 2; //~ ERROR FH1202
