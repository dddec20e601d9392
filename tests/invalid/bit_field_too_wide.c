struct s { int a : 40; }; //~ ERROR FH1211
