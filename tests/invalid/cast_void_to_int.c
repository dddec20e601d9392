void g(void);
int f(void)
{
    return (int)g(); //~ ERROR FH1203
}
