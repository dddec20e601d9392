int a[3](void); //~ ERROR FH1211
