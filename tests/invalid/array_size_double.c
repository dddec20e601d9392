int a[2.5]; //~ ERROR FH1211
