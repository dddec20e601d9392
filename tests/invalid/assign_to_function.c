void g(void);
void f(void)
{
    g = 0; //~ ERROR FH1205
}
