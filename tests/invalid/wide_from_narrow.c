int a[4] = "abc"; //~ ERROR FH1208
