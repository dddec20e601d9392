int f(void);
static int f(void) { return 1; } //~ ERROR FH1202
