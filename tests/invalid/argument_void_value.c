void g(void);
int h(int);
int f(void)
{
    return h(g()); //~ ERROR FH1203
}
