struct s { int a; } x;
struct t { int a; } y;
void f(void)
{
    x = y; //~ ERROR FH1203
}
