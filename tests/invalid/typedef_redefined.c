typedef int t;
typedef double t; //~ ERROR FH1202
