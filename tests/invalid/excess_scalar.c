int n = {1, 2}; //~ ERROR FH1304
