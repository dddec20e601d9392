struct s { int a : 0; }; //~ ERROR FH1211
