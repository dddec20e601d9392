static extern int n; //~ ERROR FH1211
