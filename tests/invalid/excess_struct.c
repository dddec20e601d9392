struct s { int a; } x = {1, 2}; //~ ERROR FH1304
