int a[2] = {[5] = 1}; //~ ERROR FH1208
