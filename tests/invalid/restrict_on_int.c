int restrict n; //~ ERROR FH1211
