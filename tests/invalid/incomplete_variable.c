struct s;
void f(void)
{
    struct s x; //~ ERROR FH1206
}
