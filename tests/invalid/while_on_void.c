void g(void);
void f(void)
{
    while (g()) //~ ERROR FH1204
        ;
}
