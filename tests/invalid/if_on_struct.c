struct s { int a; } x;
void f(void)
{
    if (x) //~ ERROR FH1204
        return;
}
