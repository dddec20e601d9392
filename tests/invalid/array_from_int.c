int a[3] = 1; //~ ERROR FH1208
