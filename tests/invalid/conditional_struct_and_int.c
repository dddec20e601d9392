struct s { int a; } x;
void f(int n)
{
    n ? x : 1; //~ ERROR FH1203
}
