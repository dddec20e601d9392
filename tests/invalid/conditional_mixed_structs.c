struct s { int a; } x;
struct t { int a; } y;
int f(int n)
{
    return (n ? x : y).a; //~ ERROR FH1203
}
