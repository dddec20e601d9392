struct s { int a; };
struct s { int b; }; //~ ERROR FH1202
