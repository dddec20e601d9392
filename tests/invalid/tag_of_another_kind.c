struct s { int a; };
union s *p; //~ ERROR FH1202
