struct s { double d : 3; }; //~ ERROR FH1211
