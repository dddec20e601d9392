struct s { int a : -1; }; //~ ERROR FH1211
