struct s { const int a; } x, y;
void f(void)
{
    x = y; //~ ERROR FH1205
}
