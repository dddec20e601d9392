struct s { int a; };
int f(int n)
{
    return ((struct s)n).a; //~ ERROR FH1203
}
