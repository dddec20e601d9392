struct s { const int a; } x;
void f(void)
{
    x.a = 2; //~ ERROR FH1205
}
