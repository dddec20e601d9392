struct s { int a; } x;
int f(int n)
{
    return n && x; //~ ERROR FH1204
}
