struct s { int a; } x = {.b = 1}; //~ ERROR FH1208
