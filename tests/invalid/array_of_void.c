void a[3]; //~ ERROR FH1211
