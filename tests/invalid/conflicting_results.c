int f(void);
double f(void); //~ ERROR FH1202
