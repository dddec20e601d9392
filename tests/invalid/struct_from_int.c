struct s { int a; };
void f(void)
{
    struct s x = 1; //~ ERROR FH1203
}
