struct s { int a; } x = {[0] = 1}; //~ ERROR FH1208
