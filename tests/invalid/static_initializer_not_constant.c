int g(void);
static int n = g(); //~ ERROR FH1209
