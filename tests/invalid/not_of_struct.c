struct s { int a; } x;
int f(void)
{
    return !x; //~ ERROR FH1204
}
