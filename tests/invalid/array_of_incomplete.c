struct s;
struct s a[3]; //~ ERROR FH1206
