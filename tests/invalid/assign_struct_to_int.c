struct s { int a; } x;
void f(int n)
{
    n = x; //~ ERROR FH1203
}
