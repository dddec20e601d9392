struct s { int a; } x;
int f(void)
{
    return (int)x; //~ ERROR FH1203
}
