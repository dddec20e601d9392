int a[2] = {1, 2, 3}; //~ ERROR FH1304
