struct s { int a; } x;
void f(void)
{
    x++; //~ ERROR FH1204
}
