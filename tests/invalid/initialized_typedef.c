typedef int t = 3; //~ ERROR FH1211
