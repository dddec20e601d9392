struct s { int a; } x;
int f(void)
{
    return x ? 1 : 2; //~ ERROR FH1204
}
