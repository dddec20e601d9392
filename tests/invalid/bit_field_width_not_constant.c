int n = 3;
struct s { int a : n; }; //~ ERROR FH1209
